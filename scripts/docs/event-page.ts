import { Event, eventClasses, ocsfVersion } from '@haidang/contracts/event'
import { eventFields } from '@haidang/contracts/event-api'
import { eventColumns } from '@haidang/contracts/event-columns'
import { z } from 'zod'
import { cell, schemaRows } from './schema-table.ts'

/** docs/reference/event.md */
export function eventPage(): string {
  const rows = schemaRows(
    z.toJSONSchema(Event, { io: 'output' }) as Parameters<typeof schemaRows>[0],
  )
  return [
    '# The event',
    '',
    `Generated from \`packages/contracts/src/event.ts\` (\`npm run docs\`). Names and numbers are those of OCSF ${ocsfVersion}; what OCSF does`,
    'not have (owner, TLP, node, source) stands beside them. One record gives one event; the record itself is kept in `raw_data`, and every',
    'field that no attribute stands for in `unmapped`.',
    '',
    '## Classes',
    '',
    '| class_uid | class |',
    '|---|---|',
    ...Object.entries(eventClasses).map(([name, uid]) => `| ${uid} | ${name} |`),
    '',
    '## Attributes',
    '',
    '| attribute | type | always | meaning |',
    '|---|---|---|---|',
    ...rows.map(
      ({ path, type, required, description }) =>
        `| \`${path}\` | ${cell(type)} | ${required ? 'yes' : ''} | ${cell(description)} |`,
    ),
    '',
    '## Fields a search may name',
    '',
    'The typed query `field:value` of the event search; the kind decides what a value may look like.',
    '',
    '| field | kind |',
    '|---|---|',
    ...Object.entries(eventFields).map(([field, kind]) => `| \`${field}\` | ${kind} |`),
    '',
    '## In the event store',
    '',
    '| column | type |',
    '|---|---|',
    ...eventColumns.map(({ name, type }) => `| \`${name}\` | \`${type}\` |`),
    '',
  ].join('\n')
}
