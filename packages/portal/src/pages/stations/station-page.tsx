export function StationPage() { return null }
