import type { Product } from '@haidang/contracts/product'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { gutter, PageHead, Section } from '../../../components/page.tsx'
import { Pill } from '../../../components/pill.tsx'
import { Failure, LoadingPage } from '../../../components/states.tsx'
import { cn } from '../../../theme/cn.ts'
import { FirstRecords } from './first-records.tsx'
import { SaveSource } from './save-source.tsx'
import { SenderSetUp } from './sender-set-up.tsx'
import { samplesQuery } from './source-queries.ts'

const route = getRouteApi('/shell/stations/set-up')

interface WatchSourceProps {
  readonly id: string
  readonly products: readonly Product[]
}

/** Step three: lines to copy beside what comes of them, and below what is saved. */
export function WatchSource({ id, products }: WatchSourceProps) {
  const { t } = useLingui()
  const { way } = route.useSearch()
  const samples = useQuery(samplesQuery(id))
  if (samples.isPending) return <LoadingPage />
  if (samples.isError && !samples.data) {
    return <Failure error={samples.error} onRetry={() => void samples.refetch()} />
  }
  const { source } = samples.data
  const product = products.find((each) => each.id === source.product)
  return (
    <>
      <PageHead
        title={source.name}
        about={product?.name}
        acts={
          source.draft ? (
            <Pill tone="accent">{t`Đang thiết lập`}</Pill>
          ) : (
            <Link
              to="/stations"
              search={{ tab: 'sources' }}
              className="text-13 text-accent hover:underline"
            >{t`Các nguồn`}</Link>
          )
        }
      />
      <div
        className={cn(
          'grid max-w-7xl gap-x-10 gap-y-8 pb-16 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]',
          gutter,
        )}
      >
        <Section title={t`1. Đặt ở bên gửi`}>
          <SenderSetUp source={source} product={product} way={way} />
        </Section>
        <div className="flex min-w-0 flex-col gap-8">
          <Section title={t`2. Bản ghi đầu tiên`}>
            <FirstRecords samples={samples.data} product={product} />
          </Section>
          <Section title={t`3. Lưu`}>
            <SaveSource key={source.id} samples={samples.data} />
          </Section>
        </div>
      </div>
    </>
  )
}
