import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import { conformanceReport, reportLines } from '../src/conformance/conformance-report.ts'
import { joinAsProbe } from '../src/conformance/join-probe.ts'
import { actor, centreOrganisation, stationOrganisation, testNode } from './two-nodes.ts'

/** A parent, and the kit joined to it as any child would. */
async function joined() {
  const home = { id: centreOrganisation, code: 'C', name: 'Centre' }
  const parent = await testNode('Centre', systemClock, home)
  await parent.link.parent.listen(parent.parentHandlers, { host: '127.0.0.1', port: 0 })
  const { joins } = parent.link.parent
  const { code } = await parent.db.transact(systemScope, (tx) =>
    joins.createCode(tx, actor, stationOrganisation, 60),
  )
  const directory = await mkdtemp(join(tmpdir(), 'haidang-kit-'))
  const asked = Promise.withResolvers<string>()
  const target = joinAsProbe({
    code,
    directory,
    nodeId: 'nod_kit',
    clock: systemClock,
    signal: AbortSignal.timeout(20_000),
    waiting: asked.resolve,
  })
  const fingerprint = await asked.promise
  await parent.db.transact(systemScope, async (tx) => {
    const row = await parent.link.parent.stations.ofNode(tx, 'nod_kit')
    expect(row?.fingerprint).toBe(fingerprint)
    await joins.approve(tx, actor, row?.id ?? '')
  })
  const dispose = async () => {
    await parent[Symbol.asyncDispose]()
    await rm(directory, { recursive: true })
  }
  return { parent, target: await target, [Symbol.asyncDispose]: dispose }
}

test('our parent keeps every rule of the link', async () => {
  await using kit = await joined()
  const { parent } = kit
  const report = await conformanceReport(kit.target)
  expect(reportLines(report.filter(({ passed }) => !passed))).toEqual([])
  expect(report.length).toBeGreaterThanOrEqual(20)
  // The forged envelope is proof of an attempt: kept and journaled, never acted upon.
  expect(await parent.entries('envelope.refused')).toBe(1)
  expect(parent.messages).toEqual([])
})

test('a parent that answers wrongly is told apart', async () => {
  await using kit = await joined()
  const { parent, target } = kit
  await parent.db.asOwner(`update station set accepted_fingerprint = null`)
  const report = await conformanceReport(target)
  const failed = report.filter(({ passed }) => !passed).map(({ rule }) => rule)
  expect(failed).toContain('2.watermark-answered')
  expect(failed).not.toContain('0.certificate-required')
})
