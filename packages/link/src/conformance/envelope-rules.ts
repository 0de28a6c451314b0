import { newUuid } from '@haidang/runtime/ids'
import { probeEnvelope } from './conformance-target.ts'
import type { Probe } from './probe.ts'
import { type Rule, unless } from './rule.ts'

/** Envelopes and the way down (link.md sections 2 and 3). */
export const envelopeRules: Rule[] = [
  {
    rule: '3.forged-does-not-block',
    asks: 'a forged envelope is taken off the stream and refused; the stream goes on',
    check: async (probe) => {
      const envelope = probeEnvelope(probe.target, newUuid(probe.target.clock), 'order.read')
      const signed = await probe.target.signer.sign(envelope)
      return sent(probe, { ...signed, subject: 'changed after signing' })
    },
  },
  {
    rule: '3.replay-has-no-effect',
    asks: 'the same envelope twice is taken twice and answered once',
    check: async (probe) => {
      const envelope = probeEnvelope(probe.target, newUuid(probe.target.clock), 'kit.replayed')
      const signed = await probe.target.signer.sign(envelope)
      const first = await sent(probe, signed)
      const second = await sent(probe, signed)
      const answers = await answersTo(probe, envelope.id)
      return first ?? second ?? (answers === 1 ? undefined : `${answers} answers came down`)
    },
  },
  {
    rule: '3.unknown-type-answered',
    asks: 'an unknown type is stored and answered with message.unsupported',
    check: async (probe) => {
      const envelope = probeEnvelope(probe.target, newUuid(probe.target.clock), 'kit.unknown')
      const refusal = await sent(probe, await probe.target.signer.sign(envelope))
      const answers = await answersTo(probe, envelope.id)
      return refusal ?? (answers === 1 ? undefined : `${answers} answers came down`)
    },
  },
  {
    rule: '2.down-confirmed',
    asks: 'what is confirmed is not handed out again',
    check: async (probe) => {
      const last = (await waitingDown(probe)).last
      const headers = { 'content-type': 'application/json' }
      const path = '/link/v1/streams/messages/watermark'
      const body = Buffer.from(JSON.stringify({ stored: last }))
      const answer = await probe.call({ method: 'POST', path, headers, body })
      const left = await waitingDown(probe, last)
      return unless(answer.stored === last && left.lines.length === 0, answer)
    },
  },
]

async function sent(probe: Probe, envelope: object): Promise<string | undefined> {
  const next = (await probe.watermark('messages')) + 1
  const answer = await probe.batch('messages', next, next, JSON.stringify(envelope))
  return unless(answer.stored === next, answer)
}

/** What is handed out to who stores everything up to `after`. */
async function waitingDown(probe: Probe, after = 0): Promise<{ last: number; lines: string[] }> {
  const path = `/link/v1/streams/messages?after=${after}&wait=0`
  const { text, headers } = await probe.call({ method: 'GET', path })
  return {
    last: Number(headers['haidang-last'] ?? 0),
    lines: text.split('\n').filter((line) => line !== ''),
  }
}

async function answersTo(probe: Probe, id: string): Promise<number> {
  const { lines } = await waitingDown(probe)
  return lines.filter((line) => line.includes('message.unsupported') && line.includes(id)).length
}
