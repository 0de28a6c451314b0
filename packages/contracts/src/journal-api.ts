import { z } from 'zod'
import { Approved } from './approved.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { JournalEntry } from './journal.ts'
import { ChainCheck, ChainState, CheckDraft } from './journal-check.ts'
import { JournalDigest } from './journal-digest.ts'
import { ExportQuery } from './journal-export.ts'
import { PageQuery, pageOf } from './page.ts'

export const journalApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/journal',
    permission: 'audit.read',
    summary: 'Read the journal, newest first',
    query: PageQuery,
    reply: pageOf(JournalEntry),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/journal/entries/:id',
    permission: 'audit.read',
    summary: 'Read one entry of the journal',
    params: z.object({ id: idOf('entry') }),
    reply: JournalEntry,
  }),
  chain: endpoint({
    method: 'GET',
    path: '/api/v1/journal/chain',
    permission: 'audit.read',
    summary: 'Where the chain ends, and who checked it last with what result',
    reply: ChainState,
  }),
  cancelCheck: endpoint({
    method: 'DELETE',
    path: '/api/v1/journal/check',
    permission: 'audit.read',
    summary: 'End the check that runs',
    reply: ChainCheck,
  }),
  verify: endpoint({
    method: 'POST',
    path: '/api/v1/journal/verify',
    permission: 'audit.read',
    summary: 'Recompute the hash chain; answers when it is done, or after 20 s while it goes on',
    body: CheckDraft,
    reply: ChainCheck,
  }),
  check: endpoint({
    method: 'GET',
    path: '/api/v1/journal/check',
    permission: 'audit.read',
    summary: 'How far the check that runs is, or what the last one found',
    reply: ChainCheck,
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/v1/journal/export',
    permission: 'audit.read',
    summary: 'The entries a filter finds, newest first, as a file: CSV or JSON lines',
    query: ExportQuery.extend({ approval: Approved }),
    reply: z.unknown(),
  }),
  digests: endpoint({
    method: 'GET',
    path: '/api/v1/journal/digests',
    permission: 'audit.read',
    summary: 'List the signed digests of the journal, one a day, newest first',
    query: PageQuery,
    reply: pageOf(JournalDigest),
  }),
  digest: endpoint({
    method: 'GET',
    path: '/api/v1/journal/digests/:day',
    permission: 'audit.read',
    summary: 'Read the signed digest of a day, to keep it elsewhere',
    params: z.object({ day: z.iso.date() }),
    reply: JournalDigest,
  }),
}
