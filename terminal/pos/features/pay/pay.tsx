import { useState } from 'react';
import { Redirect } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import type { SoldTicket } from '../../../pos-till.ts';
import { useSale } from '../sell/sale-context.tsx';
import { Done } from './done.tsx';
import { Tendering } from './tendering.tsx';

/** Takes the money, then says what to give back and where the ticket is. */
export function PayScreen() {
  const { ticket, act } = useSale();
  const [, navigate] = useHashLocation();
  const [sold, setSold] = useState<SoldTicket | null>(null);
  if (sold !== null) return <Done sold={sold} onNext={() => navigate('/')} />;
  if (ticket === null) return <Redirect to="/" />;
  return (
    <Tendering
      ticket={ticket}
      onSold={(done) => {
        setSold(done);
        act({ kind: 'clear' });
      }}
      onBack={() => navigate('/')}
    />
  );
}
