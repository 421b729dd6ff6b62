-- Changes are made one after the other and end with their rows of the audit, so the next row's number is this change's.
CREATE FUNCTION note_decision_change() RETURNS trigger LANGUAGE plpgsql
AS 'BEGIN NEW.changed := (SELECT coalesce(max(sequence), 0) + 1 FROM audit); RETURN NEW; END';
CREATE TRIGGER decision_changed BEFORE INSERT OR UPDATE ON decisions
FOR EACH ROW EXECUTE FUNCTION note_decision_change();
