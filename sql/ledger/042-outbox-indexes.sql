-- So that taking commands in hand, and finding those whose step holds no more, looks at each once: no pass over all commands for every one of them.
DROP INDEX commands_by_account;
DROP INDEX commands_by_state;
CREATE INDEX commands_in_order ON commands (account, recipient, state, number);
CREATE INDEX commands_by_state ON commands (state, recipient, next);
CREATE INDEX commands_by_lifted ON commands (lifts);
