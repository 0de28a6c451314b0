import { cn } from '../theme/cn.ts'

/** A key or a run of keys, as printed on the keyboard; hidden from readers, which get `aria-keyshortcuts` or the sheet. */
export function Keys({ keys, faint = false }: { keys: string; faint?: boolean }) {
  return (
    <span aria-hidden="true" className="hidden items-center gap-1 md:inline-flex">
      {keys.split(' ').map((key) => (
        <kbd
          key={key}
          className={cn(
            'inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-[4px] border px-1 font-mono text-[11px] leading-none',
            faint ? 'border-current/30' : 'border-line-strong bg-surface text-ink-2',
          )}
        >
          {key}
        </kbd>
      ))}
    </span>
  )
}
