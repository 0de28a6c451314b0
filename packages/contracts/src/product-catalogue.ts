import type { Product } from './product.ts'
import { clouds } from './products/clouds.ts'
import { firewalls } from './products/firewalls.ts'
import { flows } from './products/flows.ts'
import { network } from './products/network.ts'
import { notations } from './products/notations.ts'
import { services } from './products/services.ts'
import { systems } from './products/systems.ts'
import { webAndMail } from './products/web-and-mail.ts'

/**
 * Every product a station is set up for by name. The portal asks its station for them, so that what it is built
 * of names no address of anybody else.
 */
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
