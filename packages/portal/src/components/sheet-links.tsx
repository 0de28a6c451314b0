import { useLingui } from '@lingui/react/macro'
import { buttonStyle } from './button.tsx'

/** Links to what a list shows as sheets: `path` is the API's, `filter` what the list is narrowed by. */
export function SheetLinks({ path, filter = '' }: { path: string; filter?: string }) {
  const { t } = useLingui()
  return (
    <>
      {(['csv', 'xlsx'] as const).map((format) => (
        <a
          key={format}
          href={`${path}?${new URLSearchParams({ format, ...(filter ? { filter } : {}) })}`}
          download
          aria-label={t`Tải về ${format.toUpperCase()}`}
          className={buttonStyle({ look: 'plain' })}
        >
          {format.toUpperCase()}
        </a>
      ))}
    </>
  )
}
