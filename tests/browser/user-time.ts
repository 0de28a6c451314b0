import type { Locator, Page } from 'playwright-core'

/**
 * The time a practised person would need, by the keystroke-level model (Card, Moran and Newell, 1980), in
 * seconds: K a key of an average typist, P pointing with a mouse, B pressing or releasing its button, H moving
 * the hand between mouse and keyboard, M making up one's mind before each act. What the program takes (R) is
 * the time it really took.
 */
const model = { K: 0.28, P: 1.1, B: 0.1, H: 0.4, M: 1.35 }

/** Somebody at a page, whose acts are timed. */
export class TimedUser {
  readonly page: Page
  #seconds = 0
  #keys = 0
  #clicks = 0
  #hand: 'keyboard' | 'mouse' = 'mouse'

  constructor(page: Page) {
    this.page = page
  }

  /** What was done, and how long a person would need for it. */
  get total(): { readonly seconds: number; readonly keys: number; readonly clicks: number } {
    const { K, P, B } = model
    const acted = this.#keys * K + this.#clicks * (P + 2 * B)
    return { seconds: this.#seconds + acted, keys: this.#keys, clicks: this.#clicks }
  }

  async click(target: Locator): Promise<void> {
    this.#think('mouse')
    this.#clicks++
    await this.waits(() => target.click())
  }

  /** Types into what has the focus. */
  async type(text: string): Promise<void> {
    this.#think('keyboard')
    this.#keys += text.length
    await this.page.keyboard.type(text)
  }

  async press(...keys: string[]): Promise<void> {
    this.#think('keyboard')
    this.#keys += keys.length
    for (const key of keys) await this.page.keyboard.press(key)
  }

  /** Done outside the page: so many keys in another window, and so many acts to think of. */
  elsewhere(keys: number, acts: number): void {
    this.#hand = 'keyboard'
    this.#keys += keys
    this.#seconds += acts * model.M + model.H
  }

  /** Waits for the program; the person does, too. */
  async waits<T>(work: () => Promise<T>): Promise<T> {
    const began = performance.now()
    const result = await work()
    this.#seconds += (performance.now() - began) / 1000
    return result
  }

  #think(hand: 'keyboard' | 'mouse'): void {
    this.#seconds += model.M + (hand === this.#hand ? 0 : model.H)
    this.#hand = hand
  }
}
