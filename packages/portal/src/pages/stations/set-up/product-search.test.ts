import { products } from '@haidang/contracts/product-catalogue'
import { expect, test } from 'vitest'
import { freeName, matchingProducts } from './product-search.ts'

const found = (text: string) => matchingProducts(products, text).map(({ id }) => id)

test.each([
  ['forti', 'fortigate'],
  ['Palo', 'palo-alto'],
  ['tuong lua opn', 'pfsense'],
  ['winlogbeat', 'windows'],
  ['suri', 'suricata'],
  ['cơ sở dữ liệu maria', 'mariadb'],
  ['linux', 'linux'],
])('“%s” finds %s first', (text, id) => expect(found(text)[0]).toBe(id))

test('nothing typed is everything, nonsense is nothing', () => {
  expect(found('')).toHaveLength(products.length)
  expect(found('zzzz')).toEqual([])
})

test('a name is free or gets a number', () => {
  expect(freeName('zeek', [])).toBe('zeek')
  expect(freeName('zeek', ['zeek', 'zeek-2'])).toBe('zeek-3')
})
