import { filledLines, formatOf, type Product } from '@haidang/contracts/product'
import { productOf, products } from '@haidang/contracts/product-catalogue'
import { usualPort } from '@haidang/contracts/usual-ports'
import { nearest } from '@haidang/runtime/nearest'
import type { Command } from 'commander'
import { type CommandIo, printRows, WrongCall } from './io.ts'

interface ProductOptions {
  readonly host: string
  readonly json: boolean
}

/** `haidang source products [ID]`: what a station is set up for by name, and the lines to copy of one. */
export function addSourceProductsCommand(source: Command, io: CommandIo): void {
  source
    .command('products [id]')
    .description('list products, or print the lines that point one at this station')
    .option('--host <address>', 'address of this station, as senders have it', 'STATION')
    .option('--json', 'print JSON, one object a line', false)
    .action((id: string | undefined, options: ProductOptions) => {
      if (id === undefined) {
        const rows = products.map(({ ways, ...product }) => {
          return { ...product, ways: ways.map(({ collector }) => collector).join(' ') }
        })
        return printRows(io, rows, ['id', 'name', 'vendor', 'ways'], options.json)
      }
      const product = productOf(id)
      if (!product) throw new WrongCall(unknown(id))
      if (options.json) return io.out(JSON.stringify(product))
      for (const line of productLines(product, options.host)) io.out(line)
    })
}

function unknown(id: string): string {
  const meant = nearest(
    id,
    products.map((product) => product.id),
  )
  return `no product ${id}${meant === undefined ? '' : `; did you mean ${meant}?`}`
}

function productLines(product: Product, host: string): string[] {
  const { id: name, first, documentation } = product
  const format = formatOf(product)
  return [
    ...product.ways.flatMap((way) => {
      const { collector, put, path = '' } = way
      const port = String(usualPort(collector) ?? '')
      const values = {
        host,
        port,
        token: 'TOKEN',
        name,
        path,
        origin: `https://${host}`,
        isTls: false,
      }
      const place = path === '' ? '' : ` --path '${path}'`
      return [
        `# ${collector}${put === '' ? '' : ` · ${put}`}`,
        `#   haidang source add ${name} --collector ${collector} --format ${format}${place}`,
        filledLines(way, values),
        '',
      ]
    }),
    `# ${first.en}`,
    `# ${documentation}`,
  ]
}
