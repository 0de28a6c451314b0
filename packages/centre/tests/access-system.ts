import { attributionApi } from '@haidang/contracts/attribution'
import { createClient, type Send } from '@haidang/contracts/client'
import { systemApi } from '@haidang/contracts/system-api'
import type { Tlp } from '@haidang/contracts/tlp'

/** An information system with a range, and the change of attribution that follows. */
export async function addSystem(local: Send, organisation_id: string, n: number, tlp: Tlp) {
  const system = await createClient(systemApi, local).create({
    body: { organisation_id, code: `HT.${n}`, name: `Hệ thống ${n}`, tlp },
  })
  const attribution = createClient(attributionApi, local)
  const { ranges } = await attribution.add({
    params: { id: system.id },
    body: { ranges: [{ text: `203.0.${n}.0/24` }] },
  })
  const { items } = await attribution.changes({ query: { filter: `system_id:${system.id}` } })
  return { system: system.id, range: ranges[0]?.id ?? '', attributionChange: items[0]?.id ?? '' }
}
