import { expect, test } from 'vitest'
import { filledLines, formatOf, Product } from './product.ts'
import { productOf, products } from './product-catalogue.ts'
import { formatNames } from './record-format.ts'
import { placedCollectors, tokenCollectors } from './source.ts'

const httpCollectors = new Set(['elastic-bulk', 'splunk-hec', 'otlp-http'])
const ways = products.flatMap(({ id, ways }) => ways.map((way) => ({ id, ...way })))

test('ids are unique, short, and as addresses have them', () => {
  const ids = products.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9-]{0,39}$/)
  expect(productOf('fortigate')?.name).toBe('FortiGate')
  expect(productOf('no-such')).toBeUndefined()
})

test.each(products)('$id is a product as the API has it', (product) => {
  expect(Product.parse(product)).toEqual(product)
})

test('every format belongs to a product, so that nothing the station reads is missing from the list', () => {
  const listed = new Set<string>(products.flatMap(({ formats }) => formats))
  expect(Object.keys(formatNames).filter((format) => !listed.has(format))).toEqual([])
})

test.each(ways)(
  '$id by $collector: lines name the station, and the token where one is asked',
  (way) => {
    if (way.collector === 'tail-file') {
      expect(way.path).toMatch(/^\/[^*]*\/[^/]+$/)
      return
    }
    expect(way.put).not.toBe('')
    expect(way.lines).toMatch(way.collector === 'json-lines' ? /\{\{origin\}\}/ : /\{\{host\}\}/)
    if (!placedCollectors.has(way.collector) && way.collector !== 'json-lines')
      expect(way.lines).toContain('{{port}}')
    expect(way.lines.includes('{{token}}')).toBe(tokenCollectors.has(way.collector))
    const values = { host: 'h', port: '1', token: 't', name: 'n', path: 'p', origin: 'o' }
    const plain = filledLines(way, { ...values, isTls: false })
    const sealed = filledLines(way, { ...values, isTls: true })
    for (const lines of [plain, sealed]) expect(lines).not.toMatch(/\{\{\w/)
    if (httpCollectors.has(way.collector)) {
      expect(plain).toContain('http://h:1')
      expect(sealed).toMatch(
        /https:\/\/h:1[\s\S]*haidang-authority\.pem|haidang-authority\.pem[\s\S]*https:\/\/h:1/,
      )
      expect(sealed).not.toContain('http://h:1')
    }
  },
)

test('values that look like placeholders stay as they are', () => {
  const none = { token: '', name: '', path: '', origin: '', isTls: false }
  const values = { host: '$& {{port}}', port: '1', ...none }
  expect(filledLines({ lines: '{{host}}' }, values)).toBe('$& {{port}}')
})

test('a product of one format names it; of several the station recognises each record', () => {
  expect(products.filter((product) => formatOf(product) === 'auto').map(({ id }) => id)).toContain(
    'zeek',
  )
  expect(products.map(formatOf)).toContain('fortigate')
})
