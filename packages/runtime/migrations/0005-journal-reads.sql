-- Whether somebody looked at an object just now: asked at every look at a sensitive one.
create index journal_read on journal (actor_id, subject, seq) where type = 'object.read';
-- Who has looked, newest first.
create index journal_read_subject on journal (subject, seq) where type = 'object.read';
