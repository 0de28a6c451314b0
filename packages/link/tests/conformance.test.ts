import { join } from 'node:path'
import { systemClock } from '@haidang/runtime/clock'
import { expect, test } from 'vitest'
import { conformanceReport, reportLines } from '../src/conformance/conformance-report.ts'
import type { ConformanceTarget } from '../src/conformance/conformance-target.ts'
import { tlsKey } from '../src/keys/key-pair.ts'
import {
  approvedPair,
  centreOrganisation,
  stationOrganisation,
  type TestNode,
} from './two-nodes.ts'

async function targetOf(parent: TestNode, child: TestNode): Promise<ConformanceTarget> {
  const { rows } = await parent.db.asOwner('select node_id, certificate from station')
  const authority = String(rows[0]?.certificate).split(/(?<=END CERTIFICATE-----)\n/)[1] ?? ''
  const { pem } = await tlsKey(join(child.keysDirectory, 'station-key.pem'))
  return {
    url: parent.link.parent.url,
    authority,
    identity: { key: pem, certificate: String(rows[0]?.certificate) },
    node_id: String(rows[0]?.node_id),
    organisation_id: stationOrganisation,
    parent_organisation_id: centreOrganisation,
    signer: child.link.signer,
    clock: systemClock,
  }
}

test('our parent keeps every rule of the link', async () => {
  const { parent, child } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  const report = await conformanceReport(await targetOf(parent, child))
  expect(reportLines(report.filter(({ passed }) => !passed))).toEqual([])
  expect(report.length).toBeGreaterThanOrEqual(20)
  // The forged envelope is proof of an attempt: kept and journaled, never acted upon.
  expect(await parent.entries('envelope.refused')).toBe(1)
  expect(parent.messages).toEqual([])
})

test('a parent that answers wrongly is told apart', async () => {
  const { parent, child } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  const target = await targetOf(parent, child)
  await parent.db.asOwner(`update station set accepted_fingerprint = null`)
  const report = await conformanceReport(target)
  const failed = report.filter(({ passed }) => !passed).map(({ rule }) => rule)
  expect(failed).toContain('2.watermark-answered')
  expect(failed).not.toContain('0.certificate-required')
})
