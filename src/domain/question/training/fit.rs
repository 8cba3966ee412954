//! Ridge logistic regression on sparse rows, the whole of the mathematics of training: convex, so
//! that there is one answer, and computed without chance, so that it is the same one each time.

/// A row: the columns in which it is not zero.
pub(super) type Row = Vec<(usize, f64)>;

/// What is to be fitted: the chance `targets` (0 to 1, a doubtful label may lie between), each
/// counting as much as its weight, by `offset + row · answer`, with `ridge` on each column.
pub(super) struct Task<'a> {
    pub(super) rows: &'a [Row],
    pub(super) targets: &'a [f64],
    pub(super) weights: &'a [f64],
    pub(super) offsets: &'a [f64],
    pub(super) ridge: &'a [f64],
}

/// Steps at most: a task of ours is done after a few hundred.
const ROUNDS: usize = 3_000;
/// No slope is steeper than this any more: far below what a byte of the model can hold.
const FLAT: f64 = 1e-4;
/// Steps to find how steep it can get at most, …
const POWER_ROUNDS: usize = 30;
/// … and how much more is allowed for, since those approach it from below.
const POWER_MARGIN: f64 = 1.1;

/// Accelerated gradient descent, begun anew whenever it overshoots.
pub(super) fn fit(task: &Task<'_>) -> Vec<f64> {
    let step = 1.0 / steepest(task);
    let mut answer = vec![0.0; task.ridge.len()];
    let mut ahead = answer.clone();
    let mut pace = 1.0_f64;
    for _ in 0..ROUNDS {
        let slope = slope(task, &ahead);
        if slope.iter().all(|one| one.abs() < FLAT) {
            break;
        }
        let next: Vec<f64> =
            ahead.iter().zip(&slope).map(|(place, one)| place - step * one).collect();
        let moved: Vec<f64> = next.iter().zip(&answer).map(|(to, from)| to - from).collect();
        if slope.iter().zip(&moved).map(|(one, way)| one * way).sum::<f64>() > 0.0 {
            pace = 1.0;
        }
        let faster = f64::midpoint(1.0, (1.0 + 4.0 * pace * pace).sqrt());
        let momentum = (pace - 1.0) / faster;
        ahead = next.iter().zip(&moved).map(|(place, way)| place + momentum * way).collect();
        answer = next;
        pace = faster;
    }
    answer
}

fn product(row: &Row, answer: &[f64]) -> f64 {
    row.iter().filter_map(|&(column, value)| Some(value * answer.get(column)?)).sum()
}

fn add(row: &Row, times: f64, sums: &mut [f64]) {
    for &(column, value) in row {
        if let Some(sum) = sums.get_mut(column) {
            *sum += times * value;
        }
    }
}

fn slope(task: &Task<'_>, answer: &[f64]) -> Vec<f64> {
    let mut sums: Vec<f64> =
        answer.iter().zip(task.ridge).map(|(place, ridge)| place * ridge).collect();
    let known = task.targets.iter().zip(task.weights).zip(task.offsets);
    for (row, ((target, weight), offset)) in task.rows.iter().zip(known) {
        let chance = 1.0 / (1.0 + (-(offset + product(row, answer))).exp());
        add(row, (chance - target) * weight, &mut sums);
    }
    sums
}

/// A bound on the curvature: a quarter of the largest eigenvalue, and the ridge.
fn steepest(task: &Task<'_>) -> f64 {
    let mut direction = vec![1.0; task.ridge.len()];
    let mut length = 0.0_f64;
    for _ in 0..POWER_ROUNDS {
        let mut sums = vec![0.0; direction.len()];
        for (row, weight) in task.rows.iter().zip(task.weights) {
            add(row, product(row, &direction) * weight, &mut sums);
        }
        length = sums.iter().map(|one| one * one).sum::<f64>().sqrt();
        let unit = length.max(f64::MIN_POSITIVE);
        direction = sums.iter().map(|one| one / unit).collect();
    }
    let ridge = task.ridge.iter().copied().fold(0.0, f64::max);
    length * POWER_MARGIN / 4.0 + ridge
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_where_the_slope_is_flat() {
        let rows: Vec<Row> =
            vec![vec![(0, 1.0)], vec![(0, 1.0), (1, 2.0)], vec![(1, -1.0)], vec![]];
        let task = Task {
            rows: &rows,
            targets: &[1.0, 0.0, 0.3, 1.0],
            weights: &[1.0, 2.0, 1.0, 1.0],
            offsets: &[0.0, 0.5, 0.0, 0.0],
            ridge: &[0.1, 0.2],
        };
        let answer = fit(&task);
        assert!(slope(&task, &answer).iter().all(|one| one.abs() < 1e-3), "{answer:?}");
        assert!(answer[0] > 0.0 && answer[1] < 0.0, "{answer:?}");
        assert_eq!(answer, fit(&task), "the same each time");
    }

    #[test]
    fn a_heavy_ridge_learns_nothing() {
        let rows: Vec<Row> = vec![vec![(0, 1.0)]];
        let (targets, weights, offsets) = ([1.0], [1.0], [0.0]);
        let ridge = [1e6];
        let task = Task {
            rows: &rows,
            targets: &targets,
            weights: &weights,
            offsets: &offsets,
            ridge: &ridge,
        };
        assert!(fit(&task)[0].abs() < 1e-5);
    }
}
