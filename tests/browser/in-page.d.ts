// The little of a browser's objects that the code sent into pages uses. The whole DOM library cannot be loaded here: it
// contradicts Node's types of keys, and the nodes under test are in the same program.

interface PageElement {
  readonly className: string
  readonly tagName: string
  readonly scrollWidth: number
  readonly clientWidth: number
  readonly scrollHeight: number
  readonly clientHeight: number
  dispatchEvent(event: KeyboardEvent): boolean
  getAttribute(name: string): string | null
}

interface PageDocument {
  readonly documentElement: PageElement
  readonly body: PageElement
  readonly activeElement: PageElement | null
  readonly fonts: { readonly ready: Promise<unknown> }
  querySelector(selector: string): PageElement | null
  querySelectorAll(selector: string): Iterable<PageElement>
}

interface KeyboardEventInit {
  readonly key: string
  readonly bubbles: boolean
  readonly cancelable: boolean
  readonly isComposing?: boolean
  readonly keyCode?: number
}

declare class KeyboardEvent {
  constructor(type: string, init: KeyboardEventInit)
}

declare const document: PageDocument
declare const window: { readonly axe: typeof import('axe-core') }
declare function getComputedStyle(element: PageElement): { readonly overflowX: string }
declare function requestAnimationFrame(paint: (time: number) => void): number
declare const history: { pushState(state: object, unused: string, url: string): void }
