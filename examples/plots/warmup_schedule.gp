# data: beta2,step,linear,exponential,radam. One panel for each beta2, on the same axes.
beta2s = '0.99 0.997 0.999'
set multiplot layout 1,3 margins 0.075,0.97,0.15,0.88 spacing 0.035,0
set xrange [0:3000]
set yrange [0:1.05]
set xtics 1000
set xlabel 'Step'
set key bottom right
do for [i = 1:3] {
  set title sprintf('{/Symbol b}_2 = %s', word(beta2s, i))
  if (i == 1) { set ylabel 'Warmup factor' } else { unset ylabel; set format y '' }
  if (i == 3) { set key on } else { set key off }
  of_panel(value) = column(1) == real(word(beta2s, i)) ? value : NaN
  plot data every ::1 using 2:(of_panel(column(3))) with lines linetype 1 title 'linear', \
       data every ::1 using 2:(of_panel(column(4))) with lines linetype 2 title 'exponential', \
       data every ::1 using 2:(of_panel(column(5))) with lines linetype 3 title 'RAdam'
}
unset multiplot
