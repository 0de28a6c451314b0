import { Dialog as Base } from '@base-ui/react/dialog'
import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { cn } from '../theme/cn.ts'

interface DialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: ReactNode
  readonly about?: ReactNode
  readonly wide?: boolean
  readonly children: ReactNode
}

/** A question that must be answered or dismissed before anything else. */
export function Dialog({ open, onClose, title, about, wide = false, children }: DialogProps) {
  const { t } = useLingui()
  const body = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Base.Popup
          initialFocus={() => firstIn(body.current) ?? true}
          className={cn(
            'appear fixed inset-x-0 bottom-0 z-40 mx-auto flex max-h-[92dvh] w-full flex-col overflow-hidden rounded-t-float bg-surface shadow-float sm:top-[12vh] sm:bottom-auto sm:max-h-[80dvh] sm:rounded-float',
            wide ? 'sm:max-w-2xl' : 'sm:max-w-lg',
          )}
        >
          <header className="flex items-start gap-3 px-6 pt-5">
            <div className="min-w-0 flex-1">
              <Base.Title className="font-semibold text-18">{title}</Base.Title>
              {about ? (
                <Base.Description render={<div />} className="mt-1 text-13 text-ink-2">
                  {about}
                </Base.Description>
              ) : null}
            </div>
            <Base.Close
              aria-label={t`Đóng`}
              className="-mr-2 grid size-8 place-items-center rounded-control text-ink-3 hover:bg-hover hover:text-ink"
            >
              <X className="size-4" />
            </Base.Close>
          </header>
          <div ref={body} className="min-h-0 flex-1 overflow-y-auto px-6 pt-4 pb-6">
            {children}
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** What the question is about has the focus, not the cross that dismisses it: Enter must answer. */
function firstIn(body: HTMLElement | null): HTMLElement | null {
  return (
    body?.querySelector<HTMLElement>('[data-first], input:checked') ??
    body?.querySelector<HTMLElement>('input, select, textarea') ??
    null
  )
}

/** The row of buttons that ends a dialog or a form: the act first in reading order, then the way out. */
export function Acts({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div className={cn('flex flex-row-reverse flex-wrap justify-start gap-2 pt-5', className)}>
      {children}
    </div>
  )
}
