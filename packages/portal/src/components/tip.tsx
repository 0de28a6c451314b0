import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactElement } from 'react'

/** A short text beside what the pointer or the focus is on. */
export function Tip({ text, children }: { text: string; children: ReactElement }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger delay={300} render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="z-50">
          <Tooltip.Popup className="appear max-w-72 rounded-control bg-ink px-2 py-1 text-12 text-bg shadow-float">
            {text}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
