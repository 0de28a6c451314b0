import assert from 'node:assert/strict'
import { deliverFlows } from '../system/flow-delivery.ts'
import { hasFlowTools } from '../system/flow-tools.ts'

const flows = 51_000

/**
 * softflowd delivers 51,000 flows each by NetFlow 5, IPFIX and NetFlow 9, in seventeen runs of its own and with a restart
 * of the node; nfreplay as many by 5 and 9 while the node is killed. What was lost is counted, nothing is twice.
 */
export async function prove(say: (text: string) => void): Promise<Record<string, number>> {
  assert.ok(hasFlowTools, 'needs softflowd and nfdump: apt-get install softflowd nfdump')
  const figures: Record<string, number> = {}
  for (const delivery of await deliverFlows(flows, [5, 9])) {
    say(JSON.stringify(delivery))
    const { sender, sent, events, numbers, parsed, rejected, dropped } = delivery
    assert.equal(numbers, events, `${sender}: no flow stands twice`)
    assert.equal(rejected, 0, sender)
    if (dropped === 0) assert.equal(events, sent, `${sender}: nothing lost in silence`)
    // Version 9 numbers messages, of whose flows nobody knows how many there were: the last may still come.
    if (!sender.endsWith(' 9')) {
      assert.equal(parsed, events, sender)
      assert.ok(events + dropped >= sent, `${sender}: what is lost is counted`)
    }
    const name = sender.replace(' ', '_')
    Object.assign(figures, { [`${name}_events`]: events, [`${name}_dropped`]: dropped })
  }
  return figures
}
