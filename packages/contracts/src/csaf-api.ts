import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'

/** Advisories in the Common Security Advisory Framework, version 2.0. */
export const csafApi = {
  document: endpoint({
    method: 'GET',
    path: '/api/v1/advisories/:id/csaf',
    permission: 'advisory.read',
    reads: 'advisory',
    summary:
      'What was published as a CSAF 2.0 document, for its issuer; without anybody’s own lines',
    params: z.object({ id: idOf('advisory') }),
    reply: z.unknown(),
  }),
}

const file = z.string().max(80)

/**
 * The node as a CSAF 2.0 provider of what is TLP:CLEAR, for everybody; on with `public.advisories`, where the
 * node has a public address and its organisation a website.
 */
export const csafProviderApi = {
  metadata: endpoint({
    method: 'GET',
    path: '/.well-known/csaf/provider-metadata.json',
    permission: 'public',
    summary: 'Who provides CSAF documents here, and where',
    reply: z.unknown(),
  }),
  key: endpoint({
    method: 'GET',
    path: '/.well-known/csaf/openpgp/:file',
    permission: 'public',
    summary: 'The OpenPGP key that signs them',
    params: z.object({ file }),
    reply: z.unknown(),
  }),
  list: endpoint({
    method: 'GET',
    path: '/.well-known/csaf/white/:file',
    permission: 'public',
    summary: '`index.txt`, `changes.csv`, or the ROLIE feed `csaf-feed-tlp-white.json`',
    params: z.object({ file }),
    reply: z.unknown(),
  }),
  file: endpoint({
    method: 'GET',
    path: '/.well-known/csaf/white/:year/:file',
    permission: 'public',
    summary: 'A document, its `.sha256`, `.sha512` or `.asc`',
    params: z.object({ year: z.string().regex(/^[0-9]{4}$/), file }),
    reply: z.unknown(),
  }),
}
