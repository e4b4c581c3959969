/** How many tickets the demonstration sells, when it cuts the line, and how fast its tills sell. */
export interface SellingPlan {
  /** Sales of each till. */
  shares: number[];
  /** The line is cut when so many are sold. */
  cutAfter: number;
  /** A till starts a sale so long after the one before. */
  paceMs: number;
}

/** Part of the tickets that is sold before the line is cut, and while it is. */
const PART_BEFORE = 0.3;
const PART_MEANWHILE = 0.4;
const QUICKEST_PACE_MS = 20;
const SLOWEST_PACE_MS = 2_000;

/** Spreads the tickets so that the larger part of them is sold around and within the outage. */
export function planSelling(order: {
  tickets: number;
  tills: number;
  outageMs: number;
}): SellingPlan {
  const { tickets, tills, outageMs } = order;
  const paceMs = (outageMs * tills) / (tickets * PART_MEANWHILE);
  return {
    shares: Array.from({ length: tills }, (_, till) =>
      Math.floor((tickets + tills - 1 - till) / tills),
    ),
    cutAfter: Math.floor(tickets * PART_BEFORE),
    paceMs: Math.round(Math.min(SLOWEST_PACE_MS, Math.max(QUICKEST_PACE_MS, paceMs))),
  };
}
