export type { AnyStatement, ParametersOf, RowOf, Statement } from "./statement.ts";

export type TableName = string;
