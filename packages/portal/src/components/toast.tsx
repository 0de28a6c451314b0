import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'
import { Button } from './button.tsx'

/** How long an act can be taken back, in milliseconds. */
const undoMilliseconds = 10_000

interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'plain' | 'bad'
  readonly undo?: (() => void) | undefined
}

let shown: readonly Toast[] = []
let lastId = 0
const changed = new EventTarget()

function replace(next: readonly Toast[]): void {
  shown = next
  changed.dispatchEvent(new Event('change'))
}

function dismiss(id: number): void {
  replace(shown.filter((toast) => toast.id !== id))
}

/** Says what has been done, for ten seconds; with `undo`, offers to take it back. At most three stand at once. */
export function say(text: string, undo?: () => void): void {
  replace([...shown.slice(-2), { id: ++lastId, text, tone: 'plain', undo }])
}

/** Says what could not be done. */
export function complain(text: string): void {
  replace([...shown.slice(-2), { id: ++lastId, text, tone: 'bad' }])
}

/** Takes back the newest act that can be; false when there is none. */
export function undoLast(): boolean {
  const last = shown.findLast((toast) => toast.undo)
  if (!last) return false
  last.undo?.()
  dismiss(last.id)
  return true
}

export function Toasts() {
  const toasts = useSyncExternalStore(
    (notify) => {
      changed.addEventListener('change', notify)
      return () => changed.removeEventListener('change', notify)
    },
    () => shown,
  )
  return (
    <section
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-20 z-50 flex flex-col items-center gap-2 px-4 sm:bottom-6"
    >
      {toasts.map((toast) => (
        <Card key={toast.id} toast={toast} />
      ))}
    </section>
  )
}

function Card({ toast }: { toast: Toast }) {
  const { t } = useLingui()
  useEffect(() => {
    const timer = setTimeout(() => dismiss(toast.id), undoMilliseconds)
    return () => clearTimeout(timer)
  }, [toast.id])
  const undo = () => {
    toast.undo?.()
    dismiss(toast.id)
  }
  return (
    <div className="appear pointer-events-auto relative flex max-w-xl items-center gap-3 overflow-hidden rounded-float border border-line-strong bg-surface py-2 pr-2 pl-4 shadow-float">
      <p className={toast.tone === 'bad' ? 'text-13 text-critical' : 'text-13'}>{toast.text}</p>
      {toast.undo ? (
        <Button look="plain" size="small" keys="u" onClick={undo}>
          {t`Hoàn tác`}
        </Button>
      ) : null}
      <Button look="quiet" size="small" aria-label={t`Bỏ qua`} onClick={() => dismiss(toast.id)}>
        <X className="size-4" />
      </Button>
      {toast.undo ? (
        <span className="countdown absolute inset-x-0 bottom-0 h-0.5 bg-accent" />
      ) : null}
    </div>
  )
}
