-- Forms of the regulations: their definitions as they were when forms were begun, and the forms filled in.
create table form_definition (
  id text not null,
  version integer not null,
  body jsonb not null,
  primary key (id, version)
);
alter table form_definition enable row level security;
alter table form_definition force row level security;
create policy form_definition_select on form_definition for select using (true);
create policy form_definition_insert on form_definition for insert with check (haidang_sees(null, 0));

create table form (
  id text primary key,
  organisation_id text not null references organisation (id),
  tlp_rank smallint not null,
  use text not null,
  subject text not null,
  definition_id text not null,
  definition_version integer not null,
  version integer not null,
  state text not null,
  revision integer not null,
  content jsonb not null,
  hash text not null,
  replaces text,
  reason text not null,
  created_by text not null,
  updated_by text not null,
  updated_at timestamptz not null,
  submitted_by_id text not null,
  submitted_by text not null,
  submitted_at timestamptz,
  foreign key (definition_id, definition_version) references form_definition (id, version)
);
create index form_newest on form (updated_at desc, id desc);
create index form_of on form (organisation_id, updated_at desc, id desc);
create unique index form_draft on form (use, subject) where state = 'draft';
create unique index form_version on form (use, subject, version) where version > 0;

alter table form enable row level security;
alter table form force row level security;
create policy form_scope on form
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));

-- What was submitted stays as it was, whoever asks: only its state and the reason of a withdrawal move on.
create function form_stays() returns trigger language plpgsql as $$
begin
  if old.submitted_at is not null and (
    tg_op = 'DELETE'
    or (to_jsonb(new) - array['state', 'reason']) is distinct from (to_jsonb(old) - array['state', 'reason'])
    or (new.state = 'draft')
  ) then
    raise exception 'a submitted form does not change' using errcode = 'check_violation';
  end if;
  return coalesce(new, old);
end $$;
create trigger form_stays before update or delete on form for each row execute function form_stays();

update role set permissions = permissions || '["form.read", "form.fill"]'
  where id in ('administrator', 'coordinator', 'focal-point');
