import type { Product } from '@haidang/contracts/product'
import { useLingui } from '@lingui/react/macro'
import { usePrefetchQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMay } from '../../../api/session.ts'
import { gutter, Page, PageHead } from '../../../components/page.tsx'
import { Failure, LoadingPage, NoPermission } from '../../../components/states.tsx'
import { ChooseProduct } from './choose-product.tsx'
import { ChooseWay } from './choose-way.tsx'
import { entranceQuery, productsQuery, takenNamesQuery } from './source-queries.ts'
import { WatchSource } from './watch-source.tsx'

const route = getRouteApi('/shell/stations/set-up')

/** From a product to a source that works: choose, copy the lines, see the first records, save. Where one is stands in the address. */
export function SetUpPage() {
  const { t } = useLingui()
  const may = useMay()
  const products = useQuery(productsQuery)
  // Asked for before they are needed, so that no step waits.
  usePrefetchQuery(takenNamesQuery)
  usePrefetchQuery(entranceQuery)
  const title = t`Thêm nguồn`
  return (
    <Page title={title}>
      {may('source.manage') ? (
        products.isPending ? (
          <LoadingPage />
        ) : products.isError ? (
          <Failure error={products.error} onRetry={() => void products.refetch()} />
        ) : (
          <Step products={products.data.items} title={title} />
        )
      ) : (
        <NoPermission permission="source.manage" />
      )}
    </Page>
  )
}

function Step({ products, title }: { products: readonly Product[]; title: string }) {
  const { t } = useLingui()
  const { product, source } = route.useSearch()
  if (source) return <WatchSource id={source} products={products} />
  const chosen = products.find(({ id }) => id === product)
  if (chosen) return <ChooseWay key={chosen.id} product={chosen} />
  return (
    <>
      <PageHead
        title={title}
        about={t`Chọn thiết bị hay phần mềm; trạm đưa ra đúng các dòng cấu hình cần chép.`}
      />
      <div className={gutter}>
        <ChooseProduct products={products} />
      </div>
    </>
  )
}
