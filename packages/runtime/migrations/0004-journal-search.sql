-- Actor, act, object and reason without tone marks, lower case: what free text searches. It is no part of
-- what the hash covers, being made of fields that are.
alter table journal add column folded text not null default '';
update journal set folded = haidang_fold(concat_ws(' ', actor_name, type, subject, reason));

create index journal_time on journal (time, seq);
create index journal_actor on journal (actor_id, seq);
create index journal_authority on journal (authority, seq);
create index journal_organisation on journal (organisation_id, seq);

-- What haidang_sees says, with the settings read once a statement instead of once a row.
drop policy journal_scope on journal;
create policy journal_scope on journal
  using (
    tlp_rank <= (select nullif(current_setting('haidang.tlp', true), '')::int)
    and (
      (select current_setting('haidang.organisations', true) = '*')
      or organisation_id = any (
        (select string_to_array(current_setting('haidang.organisations', true), ','))::text[])))
  with check (haidang_sees(organisation_id, tlp_rank));
