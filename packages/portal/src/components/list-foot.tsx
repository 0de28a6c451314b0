import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowUp } from 'lucide-react'
import { instantOf } from '../format/instant.ts'
import { useWords } from '../language/use-words.ts'
import { Time } from './time.tsx'

interface ListFootProps {
  readonly shown: number
  readonly total?: number | undefined
  readonly asOf: number
  readonly more: boolean
}

/** How much of it is shown, and as of when. */
export function ListFoot({ shown, total, asOf, more }: ListFootProps) {
  const { number } = useWords()
  const count = number(shown)
  const all = number(total ?? shown)
  return (
    <p className="px-4 py-3 text-12 text-ink-3 md:px-6">
      {total !== undefined || !more ? (
        <Trans>
          {count} trên {all}
        </Trans>
      ) : (
        <Trans>{count} dòng đầu, cuộn để xem thêm</Trans>
      )}
      {' · '}
      <Trans>
        số liệu lúc <Time at={instantOf(asOf)} as="clock" />
      </Trans>
    </p>
  )
}

/** Rows that came while the list was being read. */
export function NewRows({ count, onShow }: { count: number; onShow: () => void }) {
  const { t } = useLingui()
  const { number } = useWords()
  if (count === 0) return null
  return (
    <div className="sticky top-9 z-20 flex h-0 justify-center">
      <button
        type="button"
        onClick={onShow}
        className="appear inline-flex h-7 items-center gap-1.5 rounded-full bg-accent px-3 font-medium text-12 text-on-accent shadow-float"
      >
        <ArrowUp aria-hidden="true" className="size-3.5" />
        {t`${number(count)} mới`}
      </button>
    </div>
  )
}
