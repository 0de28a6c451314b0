-- Single sign-on by OpenID Connect: providers, and who people are there. Only the node itself reads this schema.
create table auth.provider (
  id text primary key,
  name text not null,
  issuer text not null,
  client_id text not null,
  sealed_secret text,
  matching text not null check (matching in ('verified-email', 'linked')),
  domains jsonb not null,
  creates boolean not null,
  organisation_id text references organisation (id),
  second_factor text not null check (second_factor in ('own', 'stated', 'always')),
  factor_values jsonb not null,
  inside boolean not null,
  enabled boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index provider_issuer on auth.provider (issuer, client_id);
create index provider_name on auth.provider (name, id);

-- One account of ours for each subject of a provider, and one subject for each account.
create table auth.identity (
  id text primary key,
  person_id text not null references auth."user" (id) on delete cascade,
  provider_id text not null references auth.provider (id) on delete cascade,
  subject text not null,
  email text,
  linked_at timestamptz not null,
  last_used_at timestamptz
);
create unique index identity_subject on auth.identity (provider_id, subject);
create unique index identity_of_person on auth.identity (person_id, provider_id);

grant select, insert, update, delete on auth.provider, auth.identity to haidang_app;

do $$
declare name text;
begin
  foreach name in array array['provider', 'identity'] loop
    execute format('alter table auth.%I enable row level security', name);
    execute format('alter table auth.%I force row level security', name);
    execute format(
      'create policy %I on auth.%I using (haidang_sees(null, 0)) with check (haidang_sees(null, 0))',
      name || '_of_node', name);
  end loop;
end $$;
