import assert from 'node:assert/strict'
import { memoryOfDemonstration, memoryOfIdleStation } from '../system/memory-demonstration.ts'

const demonstrationBound = 4_200
const stationBound = 900

/** Memory of all processes (PSS): one idle station, and the demonstration network five minutes into its story. */
export async function prove(say: (text: string) => void): Promise<Record<string, number>> {
  const idle = await memoryOfIdleStation(60)
  say(`idle station: ${JSON.stringify(idle)}`)
  const demonstration = await memoryOfDemonstration(5, say)
  say(`demonstration: ${JSON.stringify(demonstration)}`)
  const figures = {
    idle_station_megabytes: idle.total,
    demonstration_megabytes: demonstration.total,
    demonstration_processes: demonstration.processes,
    demonstration_megabytes_of_programs: demonstration.parts['program'] ?? 0,
    demonstration_megabytes_of_event_engines: demonstration.parts['events'] ?? 0,
    demonstration_megabytes_of_databases: demonstration.parts['database'] ?? 0,
  }
  say(JSON.stringify(figures))
  assert.ok(idle.total <= stationBound, `an idle station takes ${idle.total} MB`)
  assert.ok(demonstration.total <= demonstrationBound, `${demonstration.total} MB`)
  return figures
}
