import { useLingui } from '@lingui/react/macro'
import type { Pages } from '../api/pages.ts'
import { Button } from './button.tsx'

/** The way to the next page of a short list, where there is one. */
export function MoreRows({ query }: Pick<Pages<unknown>, 'query'>) {
  const { t } = useLingui()
  if (!query.hasNextPage) return null
  return (
    <Button
      look="quiet"
      size="small"
      busy={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {t`Xem thêm`}
    </Button>
  )
}
