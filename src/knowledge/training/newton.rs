//! Newton's method on a convex loss of a handful of weights, some of which must not be negative.

/// More rounds than any of our losses takes.
const ROUNDS: usize = 60;
const CLOSE_ENOUGH: f64 = 1e-7;

/// The loss around some weights.
#[derive(Debug, Clone)]
pub(super) struct Slope<const N: usize> {
    pub(super) loss: f64,
    pub(super) gradient: [f64; N],
    pub(super) curvature: [[f64; N]; N],
}

impl<const N: usize> Slope<N> {
    pub(super) fn flat() -> Self {
        Self { loss: 0.0, gradient: [0.0; N], curvature: [[0.0; N]; N] }
    }

    /// Adds `share` times a point with this loss, gradient and (as an outer product) curvature.
    pub(super) fn add_outer(&mut self, share: f64, vector: &[f64; N]) {
        for (row, one) in self.curvature.iter_mut().zip(vector) {
            for (cell, other) in row.iter_mut().zip(vector) {
                *cell += share * one * other;
            }
        }
    }

    pub(super) fn add_gradient(&mut self, share: f64, vector: &[f64; N]) {
        for (cell, part) in self.gradient.iter_mut().zip(vector) {
            *cell += share * part;
        }
    }

    /// Pulls every weight towards nothing, so that none is believed more than it is worth.
    pub(super) fn add_ridge(&mut self, ridge: f64, weights: &[f64; N]) {
        self.add_gradient(ridge, weights);
        self.loss += ridge * weights.iter().map(|weight| weight * weight).sum::<f64>() / 2.0;
        for (place, row) in self.curvature.iter_mut().enumerate() {
            if let Some(cell) = row.get_mut(place) {
                *cell += ridge;
            }
        }
    }
}

/// The weights of the least loss, beginning at `start`; where `bound` says so, none below 0.
pub(super) fn least<const N: usize>(
    start: [f64; N],
    bound: &[bool; N],
    slope: impl Fn(&[f64; N]) -> Slope<N>,
) -> [f64; N] {
    let mut weights = start;
    let mut here = slope(&weights);
    for _ in 0..ROUNDS {
        let free: Vec<usize> = (0..N)
            .filter(|&at| {
                let (weight, pull) = (get(&weights, at), get(&here.gradient, at));
                !bound.get(at).copied().unwrap_or_default() || weight > 0.0 || pull < 0.0
            })
            .collect();
        let step = solve(&here, &free);
        // Half as far, and half again, until it is downhill.
        let mut share = 1.0;
        let (mut moved, mut there) = (weights, here.clone());
        while share > 1e-4 {
            moved = weights;
            for (&at, step) in free.iter().zip(&step) {
                if let Some(weight) = moved.get_mut(at) {
                    *weight -= share * step;
                    if bound.get(at).copied().unwrap_or_default() {
                        *weight = weight.max(0.0);
                    }
                }
            }
            there = slope(&moved);
            if there.loss <= here.loss {
                break;
            }
            share /= 2.0;
        }
        if there.loss > here.loss - CLOSE_ENOUGH {
            return if there.loss < here.loss { moved } else { weights };
        }
        (weights, here) = (moved, there);
    }
    weights
}

fn get(values: &[f64], at: usize) -> f64 {
    values.get(at).copied().unwrap_or_default()
}

/// Gauss with pivoting, over the free weights.
fn solve<const N: usize>(slope: &Slope<N>, free: &[usize]) -> Vec<f64> {
    let cell = |row: usize, column: usize| slope.curvature.get(row).map_or(0.0, |r| get(r, column));
    let mut rows: Vec<Vec<f64>> = free
        .iter()
        .map(|&row| {
            let left = free.iter().map(|&column| cell(row, column));
            left.chain([get(&slope.gradient, row)]).collect()
        })
        .collect();
    for at in 0..free.len() {
        let pivot = (at..free.len()).max_by(|&a, &b| {
            let size = |row: usize| rows.get(row).map_or(0.0, |row| get(row, at).abs());
            size(a).total_cmp(&size(b))
        });
        rows.swap(at, pivot.unwrap_or(at));
        let Some(chosen) = rows.get(at).cloned() else { break };
        let size = get(&chosen, at);
        if size.abs() < 1e-12 {
            continue;
        }
        for (number, row) in rows.iter_mut().enumerate().filter(|(number, _)| *number != at) {
            let times = get(row, at) / size;
            debug_assert!(number != at, "a row is not taken from itself");
            for (cell, part) in row.iter_mut().zip(&chosen) {
                *cell -= times * part;
            }
        }
    }
    let step = |(at, row): (usize, &Vec<f64>)| {
        let size = get(row, at);
        if size.abs() < 1e-12 { 0.0 } else { get(row, free.len()) / size }
    };
    rows.iter().enumerate().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The squared distance from (2, -1), steeper one way than the other.
    fn bowl(at: &[f64; 2]) -> Slope<2> {
        let (x, y) = (at[0] - 2.0, at[1] + 1.0);
        Slope {
            loss: x * x + 5.0 * y * y + x * y,
            gradient: [2.0 * x + y, 10.0 * y + x],
            curvature: [[2.0, 1.0], [1.0, 10.0]],
        }
    }

    #[test]
    fn the_bottom_is_found_and_a_bound_is_kept() {
        let bottom = least([0.0, 0.0], &[false, false], bowl);
        assert!((bottom[0] - 2.0).abs() < 1e-6 && (bottom[1] + 1.0).abs() < 1e-6, "{bottom:?}");
        let bounded = least([1.0, 1.0], &[true, true], bowl);
        assert!(bounded[1].abs() < 1e-9 && (bounded[0] - 1.5).abs() < 1e-4, "{bounded:?}");
    }
}
