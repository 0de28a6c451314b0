-- A request may be about a contact point instead of the organisation itself: which act, on which, with what.
alter table organisation_request add column contact jsonb;
