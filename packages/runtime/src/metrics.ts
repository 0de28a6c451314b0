import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Labels = Readonly<Record<string, string | number>>

export interface CounterMetric {
  add(amount?: number, labels?: Labels): void
}
export interface GaugeMetric {
  set(value: number, labels?: Labels): void
}
export interface HistogramMetric {
  observe(value: number, labels?: Labels): void
}

/** Seconds: from a quick request to a slow search. */
const usualBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/**
 * The figures of one node in Prometheus' words. Names carry the prefix `haidang_`; label values must
 * come from small sets, never from what a sender writes. The same name asked for again is the same metric.
 */
export class Metrics {
  readonly #registry = new Registry()

  constructor({ process = true } = {}) {
    if (process) collectDefaultMetrics({ register: this.#registry, prefix: 'haidang_' })
  }

  counter(name: string, help: string, labels: readonly string[] = []): CounterMetric {
    const found = this.#registry.getSingleMetric(`haidang_${name}`)
    const metric = found instanceof Counter ? found : new Counter(this.#options(name, help, labels))
    return { add: (amount = 1, given = {}) => metric.inc({ ...given }, amount) }
  }

  gauge(name: string, help: string, labels: readonly string[] = []): GaugeMetric {
    const found = this.#registry.getSingleMetric(`haidang_${name}`)
    const metric = found instanceof Gauge ? found : new Gauge(this.#options(name, help, labels))
    return { set: (value, given = {}) => metric.set({ ...given }, value) }
  }

  histogram(
    name: string,
    help: string,
    labels: readonly string[] = [],
    buckets: readonly number[] = usualBuckets,
  ): HistogramMetric {
    const found = this.#registry.getSingleMetric(`haidang_${name}`)
    const metric =
      found instanceof Histogram
        ? found
        : new Histogram({ ...this.#options(name, help, labels), buckets: [...buckets] })
    return { observe: (value, given = {}) => metric.observe({ ...given }, value) }
  }

  /** Exposition format 0.0.4, and its media type. */
  async expose(): Promise<{ text: string; type: string }> {
    return { text: await this.#registry.metrics(), type: this.#registry.contentType }
  }

  #options(name: string, help: string, labels: readonly string[]) {
    return { name: `haidang_${name}`, help, labelNames: [...labels], registers: [this.#registry] }
  }
}
