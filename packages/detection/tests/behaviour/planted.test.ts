import { expect, test } from 'vitest'
import { addressOfHost, officeWork } from './background.ts'
import { beacons, otherAttacks } from './plants.ts'
import { reasonsOf, tryPlants } from './trial.ts'

const start = Date.parse('2026-03-02T00:00:00Z')

// The short form of `npm run prove -- behaviour`.
test('attacks planted in a day of ordinary work are found, and little else', () => {
  const hours = 24
  const hosts = Array.from({ length: 24 }, (_, i) => addressOfHost(i))
  const background = officeWork({ start, hours, hosts: 24, seed: 11 })
  const plants = [
    ...beacons({ start, hours, each: 1, seed: 12, hosts: hosts.slice(0, 12) }),
    ...otherAttacks({ start, hours, each: 2, seed: 13, hosts: hosts.slice(12) }).filter(
      ({ rule }) => rule !== 'unusual-volume',
    ),
  ]
  const { found, unexplained } = tryPlants(background, plants)
  const required = plants.filter(({ isRequired }) => isRequired)
  const missed = required.filter((plant) => !found.has(plant)).map(({ name }) => name)
  expect(missed.length / required.length, missed.join('\n')).toBeLessThanOrEqual(0.05)
  expect(
    unexplained.map(reasonsOf).length,
    unexplained.map(reasonsOf).join('\n'),
  ).toBeLessThanOrEqual(1)
}, 30_000)
