import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Keys } from './keys.tsx'

interface MenuProps {
  readonly trigger: ReactElement
  readonly children: ReactNode
  readonly align?: 'start' | 'end'
}

export function Menu({ trigger, children, align = 'end' }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4} className="z-50">
          <Base.Popup className="appear max-h-[70dvh] min-w-48 max-w-80 overflow-y-auto rounded-float border border-line bg-surface p-1 shadow-float outline-none">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

interface MenuItemProps {
  readonly onSelect: () => void
  readonly chosen?: boolean
  readonly keys?: string
  readonly stay?: boolean
  readonly children: ReactNode
}

/** One act of a menu; `chosen` draws a tick, `stay` keeps the menu open after it. */
export function MenuItem({ onSelect, chosen, keys, stay = false, children }: MenuItemProps) {
  return (
    <Base.Item
      onClick={onSelect}
      closeOnClick={!stay}
      className="flex min-h-8 cursor-pointer select-none items-center gap-3 rounded-control px-2 text-13 outline-none data-highlighted:bg-hover"
    >
      <span className="flex min-w-0 flex-1 items-center gap-2">{children}</span>
      {keys ? <Keys keys={keys} /> : null}
      {chosen ? <Check aria-hidden="true" className="size-4 text-accent" /> : null}
      {chosen === false ? <span className="size-4" /> : null}
    </Base.Item>
  )
}

export function MenuHeading({ children }: { children: ReactNode }) {
  return <div className="px-2 pt-2 pb-1 text-12 text-ink-3">{children}</div>
}
