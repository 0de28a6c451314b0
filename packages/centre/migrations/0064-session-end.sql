-- Why a session ended, under the hash of its token: whoever still holds the token may be told, nobody else can ask.
create table auth.session_end (
  token_hash text primary key,
  reason text not null,
  ended_at timestamptz not null
);
create index session_end_age on auth.session_end (ended_at);
grant select, insert, update, delete on auth.session_end to haidang_app;
alter table auth.session_end enable row level security;
alter table auth.session_end force row level security;
create policy session_end_of_node on auth.session_end
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

-- By a trigger, so that no way of ending one is forgotten; who ends sessions says why in `haidang.session_end`.
create function auth.note_session_end() returns trigger
language plpgsql
as $$
begin
  insert into auth.session_end (token_hash, reason, ended_at) values (
    encode(sha256(convert_to(old.token, 'UTF8')), 'hex'),
    case when old.expires_at <= now() then 'expired'
      else coalesce(nullif(current_setting('haidang.session_end', true), ''), 'signed-out') end,
    now())
  on conflict do nothing;
  return old;
end $$;
create trigger session_ended after delete on auth.session
  for each row execute function auth.note_session_end();
