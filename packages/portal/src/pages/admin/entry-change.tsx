import { useLingui } from '@lingui/react/macro'
import { useMemo, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { changesOf } from './changes.ts'

/** What changed, field by field; what stayed the same on demand. */
export function EntryChange({ before, after }: { before: unknown; after: unknown }) {
  const { t } = useLingui()
  const [all, setAll] = useState(false)
  const fields = useMemo(() => changesOf(before, after), [before, after])
  const changed = fields.filter((field) => field.before !== field.after)
  const shown = all ? fields : changed
  const same = fields.length - changed.length
  const isNew = before === null || before === undefined
  if (fields.length === 0) {
    return <p className="py-2 text-13 text-ink-3">{t`Việc này không ghi giá trị trước hay sau.`}</p>
  }
  return (
    <>
      <dl className="divide-y divide-line">
        {shown.map(({ name, before: was, after: is }) => (
          <div key={name} className="grid gap-x-4 gap-y-0.5 py-1.5 sm:grid-cols-[200px_1fr]">
            <dt className="break-all font-mono text-12 text-ink-3">{name}</dt>
            <dd className="min-w-0 break-words text-13">
              {isNew || was === is ? null : (
                <p className="text-ink-2">
                  <span className="text-12 text-ink-3">{t`Trước:`}</span>{' '}
                  {was === undefined ? '—' : <del>{was}</del>}
                </p>
              )}
              <p>
                {isNew || was === is ? null : (
                  <span className="text-12 text-ink-3">{t`Sau:`} </span>
                )}
                {is ?? '—'}
              </p>
            </dd>
          </div>
        ))}
      </dl>
      {same > 0 ? (
        <Button look="quiet" size="small" onClick={() => setAll(!all)}>
          {all ? t`Chỉ xem phần đã đổi` : t`Xem cả phần không đổi (${same})`}
        </Button>
      ) : null}
    </>
  )
}
