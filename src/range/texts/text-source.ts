/** The texts of one person's or one job's subject, where they are not composed by the grammars. Each call gives the next one. */
export interface Shelf {
  /** A first message. */
  opening(): string;
  /** The next message of the conversation begun last; undefined where the source has none, and the grammar speaks. */
  followup(): string | undefined;
  /** The model's answer to the last message; undefined where the source has none, and the grammar answers. */
  answer(): string | undefined;
}

/** Where a world's words come from instead of the grammars. State moves with the world: one source a world, or the bytes differ. */
export interface TextSource {
  /** A shelf for a new subject. */
  shelf(): Shelf;
  /** The next entry of a list that an operator works through. */
  task(): string;
}
