import { expect, test, vi } from 'vitest'
import { ManualClock } from './clock.ts'
import { Lifecycle } from './lifecycle.ts'
import { silentLog } from './silent-log.ts'

function recorded(stopWithin?: number) {
  const log = { ...silentLog, error: vi.fn() }
  const clock = new ManualClock('2026-11-22T00:00:00Z')
  const lifecycle = new Lifecycle({ clock, log, ...(stopWithin ? { stopWithin } : {}) })
  const acts: string[] = []
  const start = (name: string, stop = async () => void acts.push(`-${name}`)) =>
    lifecycle.start(name, async () => void acts.push(`+${name}`), stop)
  return { lifecycle, acts, start, log }
}

test('parts stop in the reverse order of their start, once', async () => {
  const { lifecycle, acts, start } = recorded()
  await start('database')
  await start('http')
  await Promise.all([lifecycle.stop(), lifecycle.stop()])
  expect(acts).toEqual(['+database', '+http', '-http', '-database'])
  expect(lifecycle.signal.aborted).toBe(true)
})

test('a part that cannot start takes down what was started before', async () => {
  const { lifecycle, acts, start } = recorded()
  await start('database')
  const failing = lifecycle.start('http', async () => {
    throw new Error('port taken')
  })
  await expect(failing).rejects.toThrow('port taken')
  expect(acts).toEqual(['+database', '-database'])
})

test('a part that comes up after stopping began is stopped at once', async () => {
  const { lifecycle, acts } = recorded()
  const slow = Promise.withResolvers<void>()
  const starting = lifecycle.start(
    'slow',
    () => slow.promise,
    async () => void acts.push('-slow'),
  )
  await lifecycle.stop()
  slow.resolve()
  await expect(starting).rejects.toThrow()
  expect(acts).toEqual(['-slow'])
})

test('a part that hangs or fails is named, and the others still stop', async () => {
  vi.useFakeTimers()
  const { lifecycle, acts, start, log } = recorded(5_000)
  await start('database')
  await start('stuck', () => new Promise(() => undefined))
  await start('broken', async () => {
    throw new Error('no')
  })
  const stopped = lifecycle.stop()
  await vi.advanceTimersByTimeAsync(5_000)
  await stopped
  vi.useRealTimers()
  expect(acts.at(-1)).toBe('-database')
  expect(log.error).toHaveBeenCalledTimes(2)
})

test('a loop ends with the signal, before the parts it was started after', async () => {
  const { lifecycle, acts, start } = recorded()
  await start('database')
  lifecycle.run('reader', async (signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    acts.push('loop ended')
  })
  await lifecycle.stop()
  expect(acts).toEqual(['+database', 'loop ended', '-database'])
})
