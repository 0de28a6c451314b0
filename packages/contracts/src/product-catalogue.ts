import type { Product, WayIn } from './product.ts'
import { clouds } from './products/clouds.ts'
import { firewalls } from './products/firewalls.ts'
import { flows } from './products/flows.ts'
import { network } from './products/network.ts'
import { notations } from './products/notations.ts'
import { services } from './products/services.ts'
import { systems } from './products/systems.ts'
import { webAndMail } from './products/web-and-mail.ts'
import type { RecordFormat } from './record-format.ts'

/** Every product a station is set up for by name; the wizard, the handbook and the command line read it. */
export const products: readonly Product[] = [
  ...firewalls,
  ...network,
  ...flows,
  ...systems,
  ...webAndMail,
  ...services,
  ...clouds,
  ...notations,
]

/** A product by its id; undefined: none has it. */
export function productOf(id: string): Product | undefined {
  return products.find((product) => product.id === id)
}

/** The format a source of the product is given: its only one, else each record is recognised by itself. */
export function formatOf({ formats }: Product): RecordFormat {
  return formats.length === 1 ? formats[0] : 'auto'
}

/** What the lines of a way in are filled with; what is not known stays a word in capitals. */
export type LineValues = Readonly<
  Record<'host' | 'port' | 'token' | 'name' | 'path' | 'origin', string>
>

/** The lines of a way in with this station's values in them. */
export function filledLines({ lines }: Pick<WayIn, 'lines'>, values: LineValues): string {
  return lines.replaceAll(
    /\{\{(host|port|token|name|path|origin)\}\}/g,
    (_, word: keyof LineValues) => values[word],
  )
}
