-- What a source says of its records beyond their format: encoding, columns of separated values.
alter table source add column reading jsonb not null default '{"encoding":"auto"}';
