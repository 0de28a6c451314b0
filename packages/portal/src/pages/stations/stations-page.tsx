export function StationsPage() { return null }
