-- Who is signed in. Grain: one row a session. sha256: of its random id, which is kept nowhere. seen: about when it was used last.
CREATE TABLE sessions (
    sha256 TEXT NOT NULL PRIMARY KEY,
    user_name TEXT NOT NULL REFERENCES users (name),
    begun TEXT NOT NULL,
    seen TEXT NOT NULL
) STRICT;
-- Codes that sign a user in once. Grain: one row a code. sha256: of the code, which is kept nowhere.
CREATE TABLE sign_in_codes (
    sha256 TEXT NOT NULL PRIMARY KEY,
    user_name TEXT NOT NULL REFERENCES users (name),
    expires TEXT NOT NULL
) STRICT;
