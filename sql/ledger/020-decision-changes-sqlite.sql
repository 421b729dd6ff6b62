-- Changes are made one after the other and end with their rows of the audit, so the next row's number is this change's.
CREATE TRIGGER decision_made AFTER INSERT ON decisions
BEGIN
    UPDATE decisions SET changed = (SELECT coalesce(max(sequence), 0) + 1 FROM audit)
    WHERE number = NEW.number AND account = NEW.account;
END;
CREATE TRIGGER decision_moved AFTER UPDATE OF step, reason_code, expires, lifted ON decisions
BEGIN
    UPDATE decisions SET changed = (SELECT coalesce(max(sequence), 0) + 1 FROM audit)
    WHERE number = NEW.number AND account = NEW.account;
END;
