-- Templates of documents, by the organisation that issues them; version 0 of each is shipped as a file.
create table document_template (
  organisation_id text not null references organisation (id),
  kind text not null,
  version integer not null check (version > 0),
  content jsonb not null,
  note text not null,
  made_at timestamptz not null,
  made_by text not null,
  made_by_name text not null,
  primary key (organisation_id, kind, version)
);
alter table document_template enable row level security;
alter table document_template force row level security;
create policy document_template_scope on document_template
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- The certificate an organisation signs with instead of the node's; its key sealed.
create table document_certificate (
  organisation_id text primary key references organisation (id),
  subject text not null,
  issuer text not null,
  fingerprint text not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  sealed text not null,
  imported_at timestamptz not null,
  imported_by_name text not null
);
alter table document_certificate enable row level security;
alter table document_certificate force row level security;
create policy document_certificate_scope on document_certificate
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- Whom a document was issued to: who reads it beside its issuer.
create table document_reader (
  document_id text not null,
  organisation_id text not null,
  issuer_id text not null,
  tlp_rank smallint not null,
  primary key (document_id, organisation_id)
);
alter table document_reader enable row level security;
alter table document_reader force row level security;
create policy document_reader_scope on document_reader
  using (haidang_sees(organisation_id, tlp_rank) or haidang_sees(issuer_id, tlp_rank))
  with check (haidang_sees(organisation_id, tlp_rank) or haidang_sees(issuer_id, tlp_rank));

-- Documents that were issued; their files lie in the blob store under these hashes.
create table issued_document (
  id text primary key,
  -- Whose it is: of an order its issuer, of the report of an incident the organisation struck.
  organisation_id text not null,
  issuer_id text not null,
  issuer_name text not null,
  tlp_rank smallint not null,
  kind text not null,
  subject text not null,
  number text not null,
  title text not null,
  state text not null,
  template_version integer not null,
  signed_by text not null,
  certificate text not null,
  pdf_sha256 text not null,
  docx_sha256 text not null,
  code text not null unique,
  simulated boolean not null,
  issued_at timestamptz not null,
  issued_by_name text not null,
  withdrawn_at timestamptz,
  withdrawal text
);
create index issued_document_issued on issued_document (issued_at, id);
create index issued_document_pdf on issued_document (pdf_sha256);
-- One document in force for each thing.
create unique index issued_document_subject on issued_document (subject) where state = 'issued';

alter table issued_document enable row level security;
alter table issued_document force row level security;
create policy issued_document_scope on issued_document
  using (
    haidang_sees(organisation_id, tlp_rank)
    or exists (
      select from document_reader a
      where a.document_id = issued_document.id and haidang_sees(a.organisation_id, a.tlp_rank)))
  with check (
    haidang_sees(organisation_id, tlp_rank)
    or exists (
      select from document_reader a
      where a.document_id = issued_document.id and haidang_sees(a.organisation_id, a.tlp_rank)));

-- What was issued stays as it was: it can only be withdrawn, once.
create function haidang_document_stays() returns trigger
language plpgsql as $$
begin
  if old.state <> 'issued' or new.state <> 'withdrawn'
    or (to_jsonb(new) - array['state', 'withdrawn_at', 'withdrawal'])
      <> (to_jsonb(old) - array['state', 'withdrawn_at', 'withdrawal']) then
    raise exception 'an issued document is withdrawn, never changed';
  end if;
  return new;
end
$$;
create trigger issued_document_stays before update on issued_document
  for each row execute function haidang_document_stays();

update role set permissions = permissions || '["document.read"]'
  where id in ('administrator', 'coordinator', 'leader', 'auditor', 'focal-point');
update role set permissions = permissions || '["document.manage"]'
  where id in ('administrator', 'coordinator');
