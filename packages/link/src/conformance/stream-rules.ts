import { gzipSync, zstdCompressSync } from 'node:zlib'
import { limits } from '../wire/limits.ts'
import type { Probe } from './probe.ts'
import { beat, type Rule, unless } from './rule.ts'

const hour = 3_600_000

/** Numbers, watermarks, holes and gaps (link.md section 2). */
export const numberingRules: Rule[] = [
  {
    rule: '2.watermark-answered',
    asks: 'the next batch is stored and answered with the watermark',
    check: async (probe) => {
      const next = (await probe.watermark('health')) + 1
      const answer = await probe.batch('health', next, next + 1, `${beat(probe)}\n${beat(probe)}\n`)
      return unless(answer.stored === next + 1, answer)
    },
  },
  {
    rule: '2.repeat-changes-nothing',
    asks: 'a batch sent twice is answered with the same watermark',
    check: async (probe) => {
      const held = await probe.watermark('health')
      const answer = await probe.batch('health', held, held, beat(probe))
      return unless(answer.stored === held, answer)
    },
  },
  {
    rule: '2.overlap-adds-the-rest',
    asks: 'a batch that overlaps the watermark adds only what is new',
    check: async (probe) => {
      const held = await probe.watermark('health')
      const lines = `${beat(probe)}\n${beat(probe)}\n`
      const answer = await probe.batch('health', held, held + 1, lines)
      return unless(answer.stored === held + 1, answer)
    },
  },
  {
    rule: '2.hole-refused',
    asks: 'a hole: 409 link.hole with the number expected; nothing is stored',
    check: async (probe) => {
      const held = await probe.watermark('health')
      const answer = await probe.batch('health', held + 3, held + 3, beat(probe))
      const kept = answer.code === 'link.hole' && answer.expected === held + 1
      return unless(kept && (await probe.watermark('health')) === held, answer)
    },
  },
  {
    rule: '2.gap-record',
    asks: 'a gap record stands for the numbers it names',
    check: async (probe) => {
      const held = await probe.watermark('alerts')
      const at = probe.target.clock.iso()
      const numbers = { first: held + 1, last: held + 5, count: 5 }
      const gap = { ...numbers, from: at, to: at, reason: 'conformance kit' }
      const answer = await probe.batch('alerts', held + 1, held + 5, JSON.stringify({ gap }))
      return unless(answer.stored === held + 5, answer)
    },
  },
  {
    rule: '2.numbers-match-lines',
    asks: 'fewer lines than numbers: 400 link.batch-invalid',
    check: (probe) => refused(probe, (next) => [next, next + 4, beat(probe)]),
  },
]

/** Broken, huge and cut batches, compression, clocks (link.md section 2). */
export const hostileRules: Rule[] = [
  {
    rule: '2.broken-line-refused',
    asks: 'a line that is not JSON: 400 link.batch-invalid, nothing of the batch is stored',
    check: (probe) => refused(probe, (next) => [next, next + 1, `${beat(probe)}\n{"broken\n`]),
  },
  {
    rule: '2.utf-8',
    asks: 'bytes that are not UTF-8: 400 link.batch-invalid',
    check: (probe) => refused(probe, (next) => [next, next, Buffer.from([0x7b, 0xff, 0x7d])]),
  },
  {
    rule: '2.nesting-bounded',
    asks: 'a line nested a thousand deep: 400 link.batch-invalid',
    check: (probe) =>
      refused(probe, (next) => [next, next, `{"a":${'['.repeat(1000)}${']'.repeat(1000)}}`]),
  },
  {
    rule: '2.unpacking-bounded',
    asks: 'a small body that unpacks to more than the limit: 413',
    check: async (probe) => {
      const next = (await probe.watermark('health')) + 1
      const bomb = gzipSync(Buffer.alloc(limits.batch + 1, 32))
      const answer = await probe.batch('health', next, next, bomb, 'gzip')
      return unless(answer.status === 413, answer)
    },
  },
  {
    rule: '2.cut-stores-nothing',
    asks: 'a connection cut inside a batch stores nothing of it, and the next batch is taken',
    check: async (probe) => {
      const held = await probe.watermark('health')
      await probe.breakOff('health', held + 1)
      const answer = await probe.batch('health', held + 1, held + 1, beat(probe))
      return unless(answer.stored === held + 1, answer)
    },
  },
  {
    rule: '2.gzip',
    asks: 'a gzip batch is stored',
    check: (probe) => packed(probe, 'gzip', gzipSync(beat(probe))),
  },
  {
    rule: '2.zstd',
    asks: 'a zstd batch is stored',
    check: (probe) => packed(probe, 'zstd', zstdCompressSync(beat(probe))),
  },
  {
    rule: '2.clock-skew',
    asks: 'a heartbeat from a clock six hours off is stored, and the answer tells the parent’s time',
    check: async (probe) => {
      const next = (await probe.watermark('health')) + 1
      const answer = await probe.batch('health', next, next, beat(probe, 6 * hour))
      const told = typeof answer.headers['haidang-time'] === 'string'
      return unless(answer.stored === next && told, answer)
    },
  },
]

async function refused(
  probe: Probe,
  batch: (next: number) => [first: number, last: number, body: string | Buffer],
): Promise<string | undefined> {
  const held = await probe.watermark('health')
  const answer = await probe.batch('health', ...batch(held + 1))
  const kept = answer.status === 400 && answer.code === 'link.batch-invalid'
  return unless(kept && (await probe.watermark('health')) === held, answer)
}

async function packed(probe: Probe, encoding: string, body: Buffer): Promise<string | undefined> {
  const next = (await probe.watermark('health')) + 1
  const answer = await probe.batch('health', next, next, body, encoding)
  return unless(answer.stored === next, answer)
}
