import { foldVietnamese } from '@haidang/contracts/fold'
import type { Product } from '@haidang/contracts/product'

/** Products whose name, vendor or other words have every word looked for; those whose name begins with it come first. */
export function matchingProducts(products: readonly Product[], text: string): Product[] {
  const wanted = foldVietnamese(text).split(/\s+/).filter(Boolean)
  const [start = ''] = wanted
  const found = products.filter((product) => {
    const { id, name, vendor, formats, words = '' } = product
    const about = foldVietnamese([id, name, vendor, words, ...formats].join(' '))
    return wanted.every((word) => about.includes(word))
  })
  const isFirst = ({ name }: Product) => foldVietnamese(name).startsWith(start)
  return [...found.filter(isFirst), ...found.filter((product) => !isFirst(product))]
}

/** A name for a source that no other has: the product's id, or with a number behind it. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const used = new Set(taken)
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}-${n}`
    if (!used.has(name)) return name
  }
}
