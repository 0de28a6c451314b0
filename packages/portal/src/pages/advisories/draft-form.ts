import type { AdvisoryContent } from '@haidang/contracts/advisory'
import { lines, text } from '../../components/form.ts'
import { instantOfInput } from '../../format/instant.ts'

/** Lists of a draft that are written one row at a time. */
type RowList = 'products' | 'remediations'

/** How many rows each list has at the moment. */
export type RowCounts = Readonly<Record<RowList, number>>

const both = (form: FormData, name: string) => ({
  vi: text(form, name),
  en: text(form, `${name}_en`),
})

/** A line `title | address`; an address alone is its own title. */
function referenceOf(line: string) {
  const [title = '', url = title] = line.split('|').map((part) => part.trim())
  return { title, url }
}

/** A reference as the form shows it. */
export function referenceLine({ title, url }: AdvisoryContent['references'][number]): string {
  return title === url ? url : `${title} | ${url}`
}

/** What the form says, as the contract wants it; not yet checked. */
export function contentIn(form: FormData, rows: RowCounts) {
  return {
    kind: text(form, 'kind'),
    tlp: text(form, 'tlp'),
    severity: text(form, 'severity'),
    exercise: form.has('exercise'),
    title: both(form, 'title'),
    summary: both(form, 'summary'),
    action: both(form, 'action'),
    cves: lines(form, 'cves').map((one) => one.toUpperCase()),
    products: places(rows.products).map((place) => ({
      vendor: text(form, `products.${place}.vendor`),
      name: text(form, `products.${place}.name`),
      versions: text(form, `products.${place}.versions`),
      fixed: text(form, `products.${place}.fixed`),
      cpe: text(form, `products.${place}.cpe`).trim(),
      purl: text(form, `products.${place}.purl`).trim(),
    })),
    remediations: places(rows.remediations).map((place) => ({
      kind: text(form, `remediations.${place}.kind`),
      text: text(form, `remediations.${place}.text`),
      url: text(form, `remediations.${place}.url`).trim(),
    })),
    references: lines(form, 'references').map(referenceOf),
    indicators: lines(form, 'indicators'),
    answer_due_at: instantOfInput(text(form, 'answer_due_at')) ?? null,
  }
}

/** How many rows a form has that was kept by the browser, or else what it starts with. */
export function keptRows(key: string, list: RowList, atFirst: number): number {
  const kept = JSON.parse(localStorage.getItem(`haidang.draft.${key}`) ?? '[]') as [
    string,
    string,
  ][]
  const named = kept.flatMap(([name]) => {
    const [of, place] = name.split('.')
    return of === list ? [Number(place) + 1] : []
  })
  return Math.max(atFirst, ...named)
}

function places(count: number): number[] {
  return Array.from({ length: count }, (_, place) => place)
}
