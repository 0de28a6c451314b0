import { restoredTable } from '@haidang/contracts/archive'
import { eventColumns, eventTable as name } from '@haidang/contracts/event-columns'
import { eventTable, keptFor, missingColumns } from '@haidang/runtime/event-store/event-table'

/** A table of events. The engine deletes nothing by itself: retention does, once the archive has it. */
const layout = {
  partition: 'received_time',
  order: ['organisation_id', 'time', 'id'],
  keepDays: 36_500,
  indexes: [
    'INDEX id_bloom id TYPE bloom_filter(0.01) GRANULARITY 1',
    'INDEX observables_bloom observables TYPE bloom_filter(0.01) GRANULARITY 1',
    'INDEX received_range received_time TYPE minmax GRANULARITY 1',
    'INDEX severity_set severity_id TYPE set(8) GRANULARITY 4',
    'INDEX raw_tokens lower(raw_data) TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 1',
  ],
}

/**
 * The statements that make the table of events, and that of events brought back from the archive. Sorted by
 * owner and time, as every search asks for both; words of messages and records are indexed so that a search
 * reads only the blocks that may hold them.
 */
export function eventTableStatements(): string[] {
  return [
    eventTable(name, eventColumns, layout),
    // Classes of extensions need more than 16 bits, which tables of older versions had.
    `ALTER TABLE ${name} MODIFY COLUMN class_uid UInt32`,
    missingColumns(name, eventColumns),
    keptFor(name, layout),
    eventTable(restoredTable, eventColumns, {
      ...layout,
      partitionBy: 'intDiv(toUnixTimestamp(received_time), 3600)',
    }),
    missingColumns(restoredTable, eventColumns),
  ]
}
