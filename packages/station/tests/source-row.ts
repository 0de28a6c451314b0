import { noLimits } from '@haidang/contracts/source-limits'
import type { SourceRow } from '../src/keep/station-tables.ts'

/** A source in use, open to everybody, with what a test changes about it. */
export function sourceRow(change: Partial<SourceRow>): SourceRow {
  return {
    id: 'src_1',
    organisation_id: 'org',
    name: 'source',
    collector: 'syslog-tls',
    format: 'auto',
    senders: [],
    path: null,
    kafka: null,
    sealed_secrets: null,
    zone: 'UTC',
    reading: { encoding: 'auto' },
    tlp: 'amber',
    logsource: {},
    expect_every_seconds: 300,
    product: null,
    draft: false,
    limits: noLimits,
    token_hash: null,
    paused: false,
    created_at: '2026-11-22T00:00:00.000Z',
    removed_at: null,
    ...change,
  }
}
