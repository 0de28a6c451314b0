import { expect, test } from 'vitest'
import { fuzz, type Target } from './fuzz.ts'

const seeds = [Buffer.from('name="value" other=1'), Buffer.from('<34>a: b')]
const target = (read: Target['read'], check?: Target['check']): Target => ({
  name: 'test',
  seeds,
  longest: 1000,
  read,
  ...(check && { check }),
})

test('what throws is found and made as short as it can be', () => {
  const { failures } = fuzz(
    target((input) => {
      if (input.includes('="v')) throw new Error('broken')
      return input.length
    }),
    1000,
    1,
  )
  expect(failures.length).toBeGreaterThan(0)
  for (const { input, why } of failures) {
    expect(String(input)).toBe('="v')
    expect(why).toContain('broken')
  }
})

test('what is read differently the second time is found', () => {
  let count = 0
  const { failures } = fuzz(
    target(() => count++),
    64,
    1,
  )
  expect(failures).toMatchObject([{ why: 'read differently' }])
})

test('what takes too long is found', () => {
  let slow: Buffer | undefined
  const { failures, slowest } = fuzz(
    target((input) => {
      slow ??= input
      if (input.equals(slow)) spin(60)
      return 0
    }),
    64,
    1,
  )
  expect(failures[0]?.why).toMatch(/ms of processor time/)
  expect(slowest).toBeGreaterThan(50)
})

function spin(milliseconds: number): void {
  const before = process.threadCpuUsage()
  while (process.threadCpuUsage(before).user < milliseconds * 1000);
}

test('the same seed gives the same inputs, another one others', () => {
  const inputsOf = (seed: number) => {
    const inputs: string[] = []
    fuzz(
      target((input) => inputs.push(input.toString('hex')) && 0),
      100,
      seed,
    )
    return inputs
  }
  expect(inputsOf(7)).toEqual(inputsOf(7))
  expect(inputsOf(7)).not.toEqual(inputsOf(8))
})
