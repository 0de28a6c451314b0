import { millisecondsOf } from '@haidang/contracts/instant'
import { storableJson } from '@haidang/contracts/storable'
import { customType } from 'drizzle-orm/pg-core'
import { isoOf } from '../clock.ts'

/** A `timestamptz` column that reads and writes RFC 3339 UTC strings with milliseconds. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp with time zone',
  fromDriver: (value) => isoOf(millisecondsOf(value.replace(' ', 'T').replace(/\+00$/, 'Z'))),
})

/** A `jsonb` column of values of type `T`; what JSON text in PostgreSQL cannot hold is replaced. */
export function json<T>(name: string) {
  return jsonColumn<T>()(name)
}

function jsonColumn<T>() {
  return customType<{ data: T; driverData: unknown }>({
    dataType: () => 'jsonb',
    toDriver: storableJson,
    fromDriver: (value) => value as T,
  })
}
